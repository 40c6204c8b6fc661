import { bool, object } from "../schema/vocabulary.ts";

const flag = (description: string, otherwise = "false") =>
  bool(`${description} Left out, it is ${otherwise}. A change restarts the server once.`).exactOptional();

/** What only SMB clients see of a share. */
export const shareSmb = object("How SMB clients see the share.", {
  accessBasedEnumeration: flag("True hides files and directories that a user may not read."),
  changeNotifyDisabled: flag("True tells clients of no changes in directories."),
  streamsDisabled: flag("True refuses alternate data streams."),
  continuousAvailability: flag("True offers handles that survive a restart of the server."),
  allowMFSymlink: flag("True turns the symbolic links that macOS and Linux clients write as files into real ones."),
  aclFlagInheritedCanonicalization: flag(
    "False keeps the flag that marks an access control entry as inherited as clients write it.",
    "true",
  ),
});
