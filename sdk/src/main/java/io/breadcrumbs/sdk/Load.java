package io.breadcrumbs.sdk;

/**
 * What a bus has under way at this moment.
 *
 * @param openRecords of its groups: handed over, and not done
 * @param calls that wait for their answer
 * @param bodies large ones that are being read, or wait to be taken
 * @param inFlightBytes that wait for their acknowledgement
 */
public record Load(int openRecords, int calls, int bodies, long inFlightBytes) {

    public static final Load NONE = new Load(0, 0, 0, 0);
}
