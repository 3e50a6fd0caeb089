package org.sslam.core.io.tar;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Extended headers: lines {@code LENGTH KEY=VALUE}, the length counting the whole line. Only path and size are kept, so
 * that headers cannot pile up in memory.
 *
 * <p>Source: POSIX.1-2001, pax interchange format, "pax extended header".
 */
final class PaxRecords {
    private static final Set<String> KEPT = Set.of("path", "size");

    private PaxRecords() {}

    static Map<String, String> read(byte[] bytes, long offset) throws TarException {
        Map<String, String> records = new HashMap<>();
        for (int at = 0; at < bytes.length; ) {
            int space = at;
            int length = 0;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9' && length <= bytes.length) {
                length = length * 10 + bytes[space] - '0';
                space++;
            }
            int end = at + length;
            boolean holds =
                    space > at && space < end && end <= bytes.length && bytes[space] == ' ' && bytes[end - 1] == '\n';
            String line = holds ? new String(bytes, space + 1, end - space - 2, StandardCharsets.UTF_8) : "";
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new TarException(offset, "an extended header is malformed");
            }
            String key = line.substring(0, equals);
            if (KEPT.contains(key)) {
                records.put(key, line.substring(equals + 1));
            }
            at = end;
        }
        return records;
    }
}
