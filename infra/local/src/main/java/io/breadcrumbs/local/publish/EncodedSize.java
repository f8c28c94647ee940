package io.breadcrumbs.local.publish;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** How many bytes a record has in the wire format, found without a registry. */
final class EncodedSize {

    private static final int WIRE_HEADER = 5;

    private EncodedSize() {}

    static long of(SpecificRecord value) {
        Counter bytes = new Counter();
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("counting does not fail", e);
        }
        return WIRE_HEADER + bytes.count;
    }

    private static final class Counter extends OutputStream {

        private long count;

        @Override
        public void write(int one) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count += length;
        }
    }
}
