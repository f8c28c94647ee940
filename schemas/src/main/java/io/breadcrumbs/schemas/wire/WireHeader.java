package io.breadcrumbs.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The five bytes in front of a record: zero, then the id of the writer's schema. */
final class WireHeader {
    static final int BYTES = 5;

    private static final byte MAGIC = 0;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private WireHeader() {}

    static int write(int schemaId, byte[] target) {
        target[0] = MAGIC;
        INT.set(target, 1, schemaId);
        return BYTES;
    }

    static boolean present(byte[] bytes) {
        return bytes.length >= BYTES && bytes[0] == MAGIC;
    }

    /** The schema id of bytes that have a header. */
    static int schemaId(byte[] bytes) {
        return (int) INT.get(bytes, 1);
    }
}
