package io.breadcrumbs.schemas.wire;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Why something could not be decoded. */
final class Undecodable {
    private Undecodable() {}

    static UndecodableException.Reason reason(ThrowingCallable decoding) {
        return Assertions.catchThrowableOfType(UndecodableException.class, decoding)
                .reason();
    }
}
