package org.sslam.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A configuration that has every kind of key. */
record Recipe(
        @Key(doc = "name of the run") String name,
        @Key(doc = "what the encoder is") Model model,
        @Key(doc = "how it learns") Optimizer optimizer,
        @Key(doc = "stages in order", value = "[]") List<Stage> stages,
        @Key(doc = "weights of the losses by name", value = "{global: 1, local: 0.5}") Map<String, Double> losses) {
    enum Mixing {
        LOGMEL_MAX,
        LOGMEL_MEAN,
        OFF
    }

    record Model(
            @Key(doc = "number of blocks", value = "12") int depth,
            @Key(doc = "clips seen", value = "0x10") long clips,
            @Key(doc = "share that is dropped", value = "0.1") float dropout,
            @Key(doc = "how two clips are mixed", value = "logmel_max") Mixing mixing,
            @Key(doc = "layers averaged; all if absent") OptionalInt topLayers,
            @Key(doc = "floor of the variance") OptionalDouble floor,
            @Key(doc = "weights to begin with") Optional<Path> init,
            @Key(doc = "a note", value = "") String note,
            @Key(doc = "whether it is traced", value = "false") boolean trace) {
        Model {
            if (depth < 1) {
                throw new IllegalArgumentException("depth must be at least 1, found " + depth);
            }
        }
    }

    record Optimizer(
            @Key(doc = "learning rate", value = "5e-4") double lr,
            @Key(doc = "steps of warm-up", value = "10") int warmupSteps,
            @Key(doc = "steps in all", value = "100") int maxSteps) {
        Optimizer {
            if (warmupSteps > maxSteps) {
                throw new IllegalArgumentException("warmupSteps must not exceed maxSteps");
            }
        }
    }

    record Stage(@Key(doc = "steps of the stage") int steps, @Key(doc = "folders", value = "[a, b]") List<Path> data) {}
}
