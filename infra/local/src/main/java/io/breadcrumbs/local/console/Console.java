package io.breadcrumbs.local.console;

import java.io.PrintWriter;
import java.io.Reader;

/**
 * Where commands read and print.
 *
 * @param in standard input
 * @param out results
 * @param err what went wrong
 */
public record Console(Reader in, PrintWriter out, PrintWriter err) {

    public void line(String text) {
        out.println(text);
    }
}
