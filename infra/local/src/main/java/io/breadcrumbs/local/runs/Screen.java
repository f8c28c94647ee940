package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import java.util.List;

/** Lines that are drawn again and again at the same place of a terminal. */
final class Screen {

    /** A frame that is higher than the terminal could not be drawn over. */
    private static final int MOST_LINES = 40;

    private static final int WIDEST = 200;

    private final Console console;
    private int drawn;

    Screen(Console console) {
        this.console = console;
    }

    /** Whether somebody looks at it; what goes to a file or a pipe is not drawn over. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    static boolean live() {
        java.io.Console terminal = System.console();
        return terminal != null
                && terminal.isTerminal()
                && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
    }

    /** Draws over the last frame. */
    void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append('F');
        }
        frame.append("\u001b[J");
        drawn = Math.min(lines.size(), MOST_LINES);
        boolean cut = lines.size() > MOST_LINES;
        for (String line : cut ? lines.subList(0, MOST_LINES - 1) : lines) {
            frame.append(line, 0, Math.min(line.length(), WIDEST)).append('\n');
        }
        if (cut) {
            frame.append("and ").append(lines.size() - MOST_LINES + 1).append(" lines more\n");
        }
        console.out().print(frame);
        console.out().flush();
    }
}
