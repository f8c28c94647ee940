package io.breadcrumbs.engine.memory;

import java.nio.charset.StandardCharsets;

/** The keys of rows: a letter for what it is, the run, and which of the run's. */
final class Keys {

    /** Open runs: their heads. */
    static final byte OPEN = 'o';
    /** Runs that are over: their heads. */
    static final byte OVER = 'z';
    /** Runs that are deleted, and whose batches are still there: their graves. */
    static final byte DELETED = 'd';
    /** Deleted runs of which nothing is left but the batch that says so: their graves. */
    static final byte BURIED = 'g';
    /** What is to be done at some time about runs that are over, in the order of the times. */
    static final byte EXPIRY = 'e';
    /** The batches of a run, by the input that each decides. */
    static final byte BATCH = 'b';
    /** Inputs that no batch names yet. */
    static final byte INBOX = 'i';
    /** Requests that no run has made and nobody has answered, in the order of their deadlines. */
    static final byte CALL = 'c';
    /** Whose decisions count. */
    static final byte REIGN = 'r';

    private static final byte[] NOTHING = {};

    private Keys() {}

    static byte[] all(byte what) {
        return new byte[] {what};
    }

    static byte[] of(byte what, String runId) {
        return join(what, runId.getBytes(StandardCharsets.UTF_8), NOTHING);
    }

    static byte[] of(byte what, String runId, String inputId) {
        return join(what, runId.getBytes(StandardCharsets.UTF_8), inputId.getBytes(StandardCharsets.UTF_8));
    }

    /** How the keys begin of runs whose ids begin so. */
    static byte[] beginning(byte what, String prefix) {
        byte[] run = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[1 + run.length];
        key[0] = what;
        System.arraycopy(run, 0, key, 1, run.length);
        return key;
    }

    /** The run of a key that is {@code of(what, runId)}. */
    static String run(byte[] key) {
        return new String(key, 1, key.length - 2, StandardCharsets.UTF_8);
    }

    /** A zero byte ends the run's id, so that no other run's keys begin like it. */
    private static byte[] join(byte what, byte[] run, byte[] rest) {
        byte[] key = new byte[2 + run.length + rest.length];
        key[0] = what;
        System.arraycopy(run, 0, key, 1, run.length);
        System.arraycopy(rest, 0, key, 2 + run.length, rest.length);
        return key;
    }
}
