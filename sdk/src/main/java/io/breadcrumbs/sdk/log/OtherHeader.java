package io.breadcrumbs.sdk.log;

import org.jspecify.annotations.Nullable;

/** A header to which the bus gives no meaning; other clients may send what they like. */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, records of this type are never compared
public record OtherHeader(String name, byte @Nullable [] value) {}
