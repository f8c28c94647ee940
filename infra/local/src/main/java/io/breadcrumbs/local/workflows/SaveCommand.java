package io.breadcrumbs.local.workflows;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.local.runs.Texts;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a workflow. */
@Command(
        name = "save",
        description = "Stores a workflow under a name, as its next version.",
        footer = {
            "",
            "Examples:",
            "  ./crumb workflow save sum.json",
            "  ./crumb workflow save - --name nightly < sum.json",
            "",
            "Runs keep the version that they were started with; steps that name the workflow take",
            "the newest when they begin.",
            "Exit codes: 0 stored, 1 it has faults, or failed, 2 wrong command line, 3 no platform answers."
        })
final class SaveCommand extends OverDesk {

    @Parameters(paramLabel = "FILE", description = "The workflow, JSON; -: standard input.")
    private String file = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Its name; the workflow's own unless given.")
    private @Nullable String name;

    private String definition = "";

    SaveCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        Texts texts = new Texts(console);
        definition = texts.file(file);
        Definition valid = texts.definition(file, definition);
        name = name == null ? valid.name() : name;
        if (name == null || !StoredWorkflows.NAME.matcher(name).matches()) {
            throw new FailureException(
                    ExitCode.USAGE,
                    name == null
                            ? "expected a field 'name' in the workflow, or --name"
                            : "the name: expected 1 to 100 letters, digits, '_', '.' or '-', got '" + name + "'");
        }
    }

    @Override
    protected int call(Desk desk) throws InterruptedException {
        String under = String.valueOf(name);
        int version = desk.workflows().save(under, definition);
        console.line("workflow " + under + " is stored, version " + version);
        return ExitCode.OK;
    }
}
