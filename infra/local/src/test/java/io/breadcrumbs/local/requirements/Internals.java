package io.breadcrumbs.local.requirements;

import java.util.regex.Pattern;

/** What no answer may show: names of classes, ours or of what the door is made of. */
final class Internals {

    private static final Pattern NAMES =
            Pattern.compile("io\\.(breadcrumbs|micronaut|netty)\\.|org\\.[a-z]+\\.|java\\.|jackson|[a-z]Exception");

    private Internals() {}

    static boolean areIn(String answer) {
        return NAMES.matcher(answer).find();
    }
}
