package io.breadcrumbs.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/** Avro binary into an array that grows and is used again; owned by whoever has taken its coder from the pool. */
final class ArrayEncoder extends BinaryEncoder {
    private static final int INITIAL_BYTES = 1024;
    private static final int KEPT_BYTES = 1 << 20;
    private static final int MAX_VARINT_BYTES = 10;
    /** Up to here a plain loop beats a temporary array. */
    private static final int SHORT_CHARS = 64;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int end;

    /** Begins a new record behind the header of the wire format. */
    void begin(int schemaId) {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
        end = WireHeader.write(schemaId, bytes);
    }

    byte[] result() {
        return Arrays.copyOf(bytes, end);
    }

    @Override
    public void writeBoolean(boolean value) {
        room(1);
        bytes[end++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        room(MAX_VARINT_BYTES);
        end += BinaryData.encodeInt(value, bytes, end);
    }

    @Override
    public void writeLong(long value) {
        room(MAX_VARINT_BYTES);
        end += BinaryData.encodeLong(value, bytes, end);
    }

    @Override
    public void writeFloat(float value) {
        room(Float.BYTES);
        end += BinaryData.encodeFloat(value, bytes, end);
    }

    @Override
    public void writeDouble(double value) {
        room(Double.BYTES);
        end += BinaryData.encodeDouble(value, bytes, end);
    }

    @Override
    public void writeString(String value) {
        if (value.length() > SHORT_CHARS || !writeShortAscii(value)) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            writeInt(utf8.length);
            writeFixed(utf8, 0, utf8.length);
        }
    }

    private boolean writeShortAscii(String value) {
        int length = value.length();
        room(MAX_VARINT_BYTES + length);
        byte[] target = bytes;
        int at = end + BinaryData.encodeInt(length, target, end);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            target[at++] = (byte) c;
        }
        end = at;
        return true;
    }

    @Override
    public void writeFixed(byte[] source, int start, int length) {
        room(length);
        System.arraycopy(source, start, bytes, end, length);
        end += length;
    }

    @Override
    protected void writeZero() {
        room(1);
        bytes[end++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return end;
    }

    @Override
    public void flush() {
        // The array is the destination.
    }

    private void room(int count) {
        if (bytes.length - end < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(end, count), (int)
                    Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }
}
