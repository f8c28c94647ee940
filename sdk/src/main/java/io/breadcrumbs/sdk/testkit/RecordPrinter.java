package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Headers;
import java.nio.charset.StandardCharsets;

/** Prints records so that a person sees what happened: one short line each, payloads left out. */
public final class RecordPrinter {

    private RecordPrinter() {}

    public static String print(Fetched fetched) {
        Headers headers = fetched.record().headers();
        byte[] key = fetched.record().key();
        byte[] value = fetched.record().value();
        return fetched.position() + " " + (key == null ? "-" : new String(key, StandardCharsets.UTF_8))
                + (headers.origin() == null ? "" : " from " + headers.origin() + "#" + headers.seq())
                + (value == null ? " tombstone" : " " + value.length + " bytes");
    }
}
