package io.breadcrumbs.sdk.tool;

import java.util.Comparator;

/** The order of tool versions: part by part at the dots, numbers as numbers. */
public final class Versions implements Comparator<String> {

    @Override
    public int compare(String a, String b) {
        String[] left = a.split("\\.", -1);
        String[] right = b.split("\\.", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = part(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        int byLength = Integer.compare(left.length, right.length);
        return byLength != 0 ? byLength : a.compareTo(b);
    }

    private static int part(String left, String right) {
        if (isNumber(left) && isNumber(right)) {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        }
        return left.compareTo(right);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.length() <= 18 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
