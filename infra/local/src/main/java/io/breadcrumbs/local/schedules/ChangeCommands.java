package io.breadcrumbs.local.schedules;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.desk.Desk;
import picocli.CommandLine.Command;

/** Commands that change what is stored. */
final class ChangeCommands {

    private ChangeCommands() {}

    /** Starts nothing more. */
    @Command(
            name = "pause",
            description = "Pauses a schedule: it starts nothing until it is resumed.",
            footer = {
                "",
                "Example: ./crumb schedule pause nightly",
                "",
                "Exit codes: 0 paused, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Pause extends Changing {

        Pause(Console console) {
            super(console);
        }

        @Override
        void change(Desk desk) throws InterruptedException {
            desk.schedules().pause(name, true);
        }

        @Override
        String done() {
            return "is paused";
        }
    }

    /** Starts again. */
    @Command(
            name = "resume",
            description = "Lets a paused schedule go on; what was due meanwhile is left out.",
            footer = {
                "",
                "Example: ./crumb schedule resume nightly",
                "",
                "Exit codes: 0 resumed, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Resume extends Changing {

        Resume(Console console) {
            super(console);
        }

        @Override
        void change(Desk desk) throws InterruptedException {
            desk.schedules().pause(name, false);
        }

        @Override
        String done() {
            return "goes on";
        }
    }

    /** Forgets it. */
    @Command(
            name = "delete",
            description = "Deletes a schedule; its runs stay.",
            footer = {
                "",
                "Example: ./crumb schedule delete nightly",
                "",
                "Exit codes: 0 deleted, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Delete extends Changing {

        Delete(Console console) {
            super(console);
        }

        @Override
        void change(Desk desk) throws InterruptedException {
            desk.schedules().delete(name);
        }

        @Override
        String done() {
            return "is deleted";
        }
    }
}
