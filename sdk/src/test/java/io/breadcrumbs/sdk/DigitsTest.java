package io.breadcrumbs.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xf, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x0123456789abcdefL, 0xfedcba9876543210L})
    void shouldWriteSixteenDigitsInPlace(long value) {
        // Given
        byte[] text = new byte[18];
        Arrays.fill(text, (byte) '.');

        // When
        Digits.write(value, text, 1);

        // Then
        assertThat(new String(text, StandardCharsets.US_ASCII))
                .isEqualTo("." + HexFormat.of().toHexDigits(value) + ".");
    }
}
