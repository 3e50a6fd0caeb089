package org.sslam.eval.doctor;

import java.util.Locale;

/** Java's heap holds decoded audio; tensors live outside it. */
record MemoryCheck(long heapBytes) implements Check {
    private static final long NEEDED_BYTES = 512L << 20;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Result run() {
        String found = String.format(Locale.ROOT, "Java heap up to %d MB", heapBytes >> 20);
        return heapBytes >= NEEDED_BYTES
                ? Result.good(found)
                : Result.bad(found, "give at least " + (NEEDED_BYTES >> 20) + " MB: SSLAM_HEAP=2g sslam ...");
    }
}
