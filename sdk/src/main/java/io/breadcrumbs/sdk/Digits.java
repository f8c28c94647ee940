package io.breadcrumbs.sdk;

/** Hexadecimal digits, written in place: ids and traces are made for every record. */
public final class Digits {

    public static final int OF_A_LONG = 16;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int BITS = 4;
    private static final int MASK = 0xf;

    private Digits() {}

    /** Is it a digit as they are written here, in lower case? */
    static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** Writes sixteen digits, the highest first. */
    public static void write(long value, byte[] into, int from) {
        long rest = value;
        for (int i = from + OF_A_LONG - 1; i >= from; i--) {
            into[i] = HEX[(int) (rest & MASK)];
            rest >>>= BITS;
        }
    }
}
