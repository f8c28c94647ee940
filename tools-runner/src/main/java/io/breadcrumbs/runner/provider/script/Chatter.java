package io.breadcrumbs.runner.provider.script;

import io.breadcrumbs.sdk.tool.ToolContext;

/**
 * What a script says by the way: told as progress, line by line, up to a bound; the rest is left out, and that is said
 * once. Guarded by its monitor.
 */
final class Chatter {

    private static final int CHARACTERS_AT_MOST = 64 << 10;

    private final ToolContext context;
    private int characters;
    private boolean full;

    Chatter(ToolContext context) {
        this.context = context;
    }

    synchronized void line(String text) {
        if (full) {
            return;
        }
        characters += text.length() + 1;
        full = characters > CHARACTERS_AT_MOST;
        context.progress(full ? "… the rest is left out" : text);
    }
}
