package io.breadcrumbs.sdk.workflow.template;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody may have meant. */
public final class Nearest {

    private static final int MOST_NAMES = 200;
    private static final int MOST_LETTERS = 40;

    private Nearest() {}

    /** The hint that ends a message about an unknown name; empty if no name is near, or there are very many. */
    public static String hint(String unknown, Collection<String> names) {
        @Nullable String nearest = names.size() > MOST_NAMES ? null : nearest(unknown, names);
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    private static @Nullable String nearest(String unknown, Collection<String> names) {
        @Nullable String nearest = null;
        int least = Math.min(2, unknown.length() / 2) + 1;
        for (String name : names) {
            int distance = distance(unknown, name);
            if (distance < least) {
                nearest = name;
                least = distance;
            }
        }
        return nearest;
    }

    /** How many letters are to be put in, taken out or changed, or neighbours swapped. */
    private static int distance(String one, String other) {
        if (one.length() > MOST_LETTERS || Math.abs(one.length() - other.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                cost[i][j] =
                        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[one.length()][other.length()];
    }
}
