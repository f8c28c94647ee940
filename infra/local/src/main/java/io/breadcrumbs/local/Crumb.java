package io.breadcrumbs.local;

import io.breadcrumbs.local.command.CrumbCommand;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Main class of the command line. */
public final class Crumb {

    private Crumb() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        InputStreamReader in = new InputStreamReader(System.in, StandardCharsets.UTF_8);
        System.exit(CrumbCommand.run(in, out, err, arguments));
    }
}
