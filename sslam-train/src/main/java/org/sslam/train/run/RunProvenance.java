package org.sslam.train.run;

import ai.djl.engine.Engine;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sslam.core.config.Config;
import org.sslam.core.engine.Torch;
import org.sslam.core.run.Provenance;

/** Where the numbers of a run on this engine come from. */
public final class RunProvenance {
    private static final String THREADS = "threads";

    private RunProvenance() {}

    /**
     * The record of a start.
     *
     * @param version of the program
     * @param config the run's configuration
     * @param dataHash of the clips
     * @param threads of the engine
     * @param more further versions by name
     */
    public static Provenance of(
            String version,
            Record config,
            String dataHash,
            long seed,
            String device,
            int threads,
            Map<String, String> more) {
        Map<String, String> versions = new TreeMap<>(Provenance.platformVersions());
        versions.put("libtorch", Torch.LIBTORCH_VERSION);
        versions.put("djl", Engine.getDjlVersion());
        versions.put(THREADS, Integer.toString(threads));
        versions.putAll(more);
        return new Provenance(version, Config.hash(config), dataHash, seed, device, versions, Instant.now());
    }

    /** Says when a run goes on with another number of threads or on another device, which may change its last bits. */
    static void compare(Provenance begun, Provenance now, Consumer<String> notices) {
        if (!now.device().equals(begun.device())) {
            notices.accept("this run began on " + begun.device() + " and goes on on " + now.device()
                    + ": its last bits may differ; set device=" + begun.device() + " to keep them");
        }
        String before = begun.versions().get(THREADS);
        String after = now.versions().get(THREADS);
        if (!after.equals(before)) {
            notices.accept("this run began with " + before + " threads and goes on with " + after
                    + ": its last bits may differ; set threads=" + before + " to keep them");
        }
    }
}
