package io.breadcrumbs.local.data;

import java.nio.file.Path;

/** Why a platform cannot start: what was found, and what to do about it, in one line. */
public sealed interface Fault {

    /** One line for a person: what is wrong, and the cure. */
    String message();

    /** Another process listens where we want to. */
    record PortTaken(String who, int port, String option) implements Fault {
        @Override
        public String message() {
            return "port " + port + " for " + who + " is taken by another process; stop it, or choose another with "
                    + option;
        }
    }

    /** The data folder cannot be created or written. */
    record FolderNotWritable(Path folder, String cause) implements Fault {
        @Override
        public String message() {
            return "data folder " + folder + " cannot be written (" + cause + "); choose another with --data";
        }
    }

    /** The folder was never a data folder, and is not empty: it is not emptied either. */
    record FilesOfOthers(Path folder) implements Fault {
        @Override
        public String message() {
            return "folder " + folder + " holds files of something else; choose an empty or a new one with --data";
        }
    }

    /** The data folder was made by something that this version does not read. */
    record ForeignFolder(Path folder, String found, String expected) implements Fault {
        @Override
        public String message() {
            return "data folder " + folder + " holds " + found + ", not " + expected
                    + "; choose another with --data, or lose it with --fresh";
        }
    }

    /** Too little room for logs. */
    record DiskFull(Path folder, long freeMegabytes, long wantedMegabytes) implements Fault {
        @Override
        public String message() {
            return "only " + freeMegabytes + " MB free where data folder " + folder + " lies, " + wantedMegabytes
                    + " MB wanted; make room, or choose another with --data";
        }
    }

    /** A running platform has the folder. */
    record FolderLocked(Path folder, String pid) implements Fault {
        @Override
        public String message() {
            return "data folder " + folder + " is in use by the platform with process id " + pid
                    + "; stop it with './crumb down', or choose another with --data";
        }
    }

    /** The folder's topics are not what this version's catalogue says. */
    record TopicsDiffer(Path folder, String first, int more) implements Fault {
        @Override
        public String message() {
            return "data folder " + folder + " holds other topics: " + first
                    + (more == 0 ? "" : "; and " + more + " more")
                    + "; choose another with --data, or lose it with --fresh";
        }
    }

    /** A part did not start, for a reason none of the others names. */
    record NotStarted(String part, String cause) implements Fault {
        @Override
        public String message() {
            return part + " did not start: " + cause;
        }
    }
}
