package io.breadcrumbs.local.command;

import java.io.PrintWriter;
import java.io.Reader;

/**
 * Where commands read and print.
 *
 * @param in standard input
 * @param out results
 * @param err what went wrong
 */
record Console(Reader in, PrintWriter out, PrintWriter err) {

    void line(String text) {
        out.println(text);
    }
}
