package org.sslam.models.zoo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Options of an import that tests vary. */
final class TinyOptions {
    private TinyOptions() {}

    static ImportOptions of(OptionalInt heads, boolean teacher, boolean keepDecoder) {
        return new ImportOptions(
                Optional.empty(),
                teacher,
                PositionFit.EXACT,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                heads,
                keepDecoder,
                false,
                Map.of(),
                Optional.empty());
    }
}
