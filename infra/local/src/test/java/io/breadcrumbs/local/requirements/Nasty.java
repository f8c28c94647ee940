package io.breadcrumbs.local.requirements;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Values that nobody should send. */
final class Nasty {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            ".",
            "..",
            "../../../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "\u0000",
            "a\u0000b",
            "\u0001\u0002\u001b[31m\u007f",
            "\u202Eevil",
            "\uFEFFx",
            "e\u0301\u0301\u0301",
            "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69",
            "\uD800",
            "' OR '1'='1' --",
            "1; DROP TABLE runs; --",
            "<script>alert(1)</script>",
            "\"><svg onload=alert(1)>",
            "${jndi:ldap://127.0.0.1:1/a}",
            "${7*7}",
            "{{7*7}}",
            "{a.output.b[0]}",
            "{",
            "$(reboot)",
            "; cat /etc/passwd |",
            "*:* OR (a AND [* TO *])",
            "a~9999999999 b^1e99 \"",
            "a\r\nX-Injected: yes",
            "%00",
            "%2e%2e%2f",
            "%zz",
            "%",
            "-1",
            "0",
            "007",
            "2147483648",
            "-9223372036854775809",
            "1e400",
            "NaN",
            "0x10",
            "1,2,,3,",
            "true",
            "null",
            "[]",
            "{}",
            "{\"all_tags\": [null], \"context_match\": [{\"path\": \"\", \"op\": \"eq\"}]}",
            "2026-13-45T99:99:99Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z",
            "PT99999999999999999H",
            "99999999999999999999d",
            "9@999999999999999999",
            "999999@1",
            "////",
            "application/json; charset=nope",
            "\"3",
            "W/\"1\"",
            "a".repeat(201),
            "\u00e9".repeat(257),
            "a,".repeat(1_100),
            "[".repeat(1_500));

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0.0",
            "-1",
            "1.5",
            "9223372036854775808",
            "1e400",
            "-1e-400",
            "123456789".repeat(120),
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\uDFFF\\uD800\"",
            "\"{step.output}\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"+1000000000-12-31T23:59:59Z\"",
            "[]",
            "[null]",
            "[[[[[[]]]]]]",
            "[1, \"a\", {}]",
            "{}",
            "{\"\": \"\"}",
            "{\"a\": 1, \"a\": 2}",
            "{\"$ref\": \"#\"}",
            "{\"$secret\": \"NOBODY\"}",
            "{\"__proto__\": {\"x\": 1}}",
            "{\"llm_hints\": {\"include\": 1, \"templates\": {\"a\": \"{{\"}}}",
            "{\"llm_hints\": {\"templates\": {\"a\": \"{{a.b.c.d}}\"}, \"mode\": []}}");

    private Nasty() {}

    static <T> T any(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    static String text(Random random) {
        return any(random, TEXTS);
    }

    /** A JSON value of another kind than expected, most of the time. */
    static String value(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> quoted(text(random));
            case 1 -> quoted("x".repeat(random.nextInt(70_000)));
            case 2 -> "[".repeat(150) + "]".repeat(150);
            case 3 -> "[" + "0,".repeat(random.nextInt(5_000)) + "0]";
            default -> any(random, VALUES);
        };
    }

    /** A body that is broken as a whole, made of one that is not. */
    static byte[] body(Random random, String good) {
        String text = switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> " \r\n\t";
            case 2 -> good.substring(0, good.length() / 2);
            case 3 -> good + good;
            case 4 -> "[".repeat(100_000);
            case 5 -> "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
            case 6 -> "\uFEFF" + good;
            case 7 -> good.replace('"', '\'');
            case 8 -> good.replace(":", ":\u0000");
            case 9 -> "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
            default -> value(random);
        };
        byte[] bytes = text.getBytes(random.nextInt(10) == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
        if (bytes.length > 2 && random.nextInt(8) == 0) {
            bytes[bytes.length / 2] = (byte) 0xff; // no UTF-8 has this byte
        }
        return bytes;
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            json.append(one < ' ' || one == '"' || one == '\\' ? String.format("\\u%04x", (int) one) : one);
        }
        return json.append('"').toString();
    }
}
