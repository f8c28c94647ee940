package io.breadcrumbs.schemas.wire;

import java.io.IOException;

/** A value that Avro's binary form does not allow. */
final class MalformedRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message) {
        super(message);
    }
}
