package io.breadcrumbs.schemas.wire;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro binary from an array, owned by whoever has taken its coder from the pool.
 *
 * <p>Every length and count is held against the bytes that are left before anything is allocated, so that a damaged
 * record costs an exception and not the heap. (A list whose items take no bytes at all is refused for the same reason;
 * no schema of the platform has one.)
 */
final class ArrayDecoder extends Decoder {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int at;

    void begin(byte[] source, int start) {
        bytes = source;
        at = start;
    }

    void end() {
        bytes = NOTHING;
        at = 0;
    }

    @Override
    public int remainingBytes() {
        return bytes.length - at;
    }

    @Override
    public void readNull() {
        // Takes no bytes.
    }

    @Override
    public boolean readBoolean() throws IOException {
        byte value = next();
        if (value != 0 && value != 1) {
            throw new MalformedRecordException("a boolean is 0 or 1, came " + value);
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new MalformedRecordException("an int has 32 bits, came " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long first = next();
        if (first >= 0) {
            return (first >>> 1) ^ -(first & 1);
        }
        long zigzag = first & 0x7f;
        for (int shift = 7; shift < Long.SIZE; shift += 7) {
            long part = next();
            zigzag |= (part & 0x7f) << shift;
            if (part >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new MalformedRecordException("a long takes at most 10 bytes, came more");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) INT.get(bytes, skip(Float.BYTES)));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble((long) LONG.get(bytes, skip(Double.BYTES)));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        int length = length();
        int start = skip(length);
        return new Utf8(Arrays.copyOfRange(bytes, start, start + length));
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        skip(length());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int length = length();
        int start = skip(length);
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, start + length));
    }

    @Override
    public void skipBytes() throws IOException {
        skip(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, skip(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        skip(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return items();
    }

    @Override
    public long arrayNext() throws IOException {
        return items();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return items();
    }

    @Override
    public long mapNext() throws IOException {
        return items();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** Number of items in the next block; a negative one is followed by the block's size, for those who skip it. */
    private long items() throws IOException {
        long count = readLong();
        if (count < 0) {
            length();
            count = -count;
        }
        if (count < 0 || count > remainingBytes()) {
            throw new EOFException("a list of " + count + " items where " + remainingBytes() + " bytes are left");
        }
        return count;
    }

    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            skip(length());
            count = readLong();
        }
        if (count > remainingBytes()) {
            throw new EOFException("a list of " + count + " items where " + remainingBytes() + " bytes are left");
        }
        return count;
    }

    private int length() throws IOException {
        long length = readLong();
        if (length < 0) {
            throw new MalformedRecordException("a length is not negative, came " + length);
        }
        if (length > remainingBytes()) {
            throw new EOFException(length + " bytes announced where " + remainingBytes() + " are left");
        }
        return (int) length;
    }

    private byte next() throws EOFException {
        if (at >= bytes.length) {
            throw new EOFException("no byte is left");
        }
        return bytes[at++];
    }

    private int skip(int length) throws EOFException {
        if (length > remainingBytes()) {
            throw new EOFException(length + " bytes expected where " + remainingBytes() + " are left");
        }
        int start = at;
        at += length;
        return start;
    }
}
