package org.sslam.core.io.tar;

import java.util.Optional;

/** Which names of members are accepted: those that stay below the folder they would be unpacked into. */
final class TarNames {
    static final int LONGEST = 1024;

    private TarNames() {}

    /** What is wrong with a name; empty if nothing. */
    static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("a member has no name");
        }
        if (name.length() > LONGEST) {
            return Optional.of("a member's name has more than " + LONGEST + " characters");
        }
        if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7F || c == 0xFFFD)) {
            return Optional.of("a member's name holds characters that cannot be shown");
        }
        boolean absolute = name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0;
        return absolute || climbs(name)
                ? Optional.of("member '" + name + "' would lie outside of the archive's folder")
                : Optional.empty();
    }

    private static boolean climbs(String name) {
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
