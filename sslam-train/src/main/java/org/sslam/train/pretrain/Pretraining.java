package org.sslam.train.pretrain;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.sslam.train.loop.TrainingMethod;

/** A way to pre-train as a run sees it: beside what the loop needs, where it begins and the encoder that it leaves. */
public interface Pretraining extends TrainingMethod {
    /**
     * Takes over the weights of another run; its optimiser, schedule and position stay behind.
     *
     * @param checkpoint a whole checkpoint of that run
     * @param notices receives lines that a person should read: what of the weights could not be taken over
     * @throws org.sslam.core.UserException if its weights do not fit
     */
    void begin(Path checkpoint, Consumer<String> notices);

    /** The {@code model.json} of a checkpoint, which makes it the folder of an encoder. */
    String description();

    /** Writes the encoder: complete under its name, or not there. */
    void saveEncoder(Path folder);
}
