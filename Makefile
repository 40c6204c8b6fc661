# The operator lives in one folder; this forwards to the Makefile there. `make` alone says what there is.
.DEFAULT_GOAL := help
targets := help setup check format test test-unit test-cluster demo run plan encryption-key generate build clean

.PHONY: $(targets)
$(targets):
	@$(MAKE) --no-print-directory -C k8s/dittofs-operator $@
