package io.breadcrumbs.engine.memory;

import io.breadcrumbs.schemas.WorkflowCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An input that no decision names yet.
 *
 * @param kind which are decided first after a takeover: starts, other commands, answers
 * @param offset its place in its topic
 * @param body the record, as the log has it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, records of this type are never compared
record InboxRow(
        int kind, long offset, byte[] body, @Nullable String trace) {

    static final int START = 0;
    static final int COMMAND = 1;
    static final int ANSWER = 2;

    private static final byte[] NOTHING = {};
    /** Longer ones are none. */
    private static final int MOST_TRACE = 100;

    static int kindOf(WorkflowCommand command) {
        return Message.begins(command) ? START : COMMAND;
    }

    byte[] bytes() {
        byte[] traced =
                trace == null || trace.length() > MOST_TRACE ? NOTHING : trace.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(2 + Long.BYTES + traced.length + body.length)
                .put((byte) kind)
                .putLong(offset)
                .put((byte) traced.length)
                .put(traced)
                .put(body)
                .array();
    }

    static InboxRow read(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        int kind = from.get();
        long offset = from.getLong();
        byte[] traced = new byte[from.get()];
        from.get(traced);
        byte[] body = new byte[from.remaining()];
        from.get(body);
        String trace = traced.length == 0 ? null : new String(traced, StandardCharsets.ISO_8859_1);
        return new InboxRow(kind, offset, body, trace);
    }
}
