package org.sslam.core.fuzz;

import java.util.SplittableRandom;

/** One way to damage a file, for example inside a part whose length or checksum is then set right again. */
@FunctionalInterface
public interface Mutation {
    /**
     * A damaged copy.
     *
     * @param input left as it is
     * @param random the only source of chance
     */
    byte[] of(byte[] input, SplittableRandom random);
}
