package org.sslam.train.loop;

import java.util.Map;

/** What a run does beside the arithmetic: progress, logs, checkpoints. */
public interface TrainListener {
    /**
     * After every update.
     *
     * @param clips clips that this process consumed in it
     * @param loss total of the newest step that is known, divided by its sample size; not a number before the first
     */
    void stepped(TrainState state, int clips, double loss);

    /** After every update, when the step's memory is free again and before a checkpoint of it: room to evaluate. */
    default void updated(TrainState state) {}

    /** At every log interval: numbers by name, the losses averaged since the last line. */
    void logged(long update, Map<String, Double> values);

    /** Something that a person should read, in one line. */
    void notice(String line);

    /** A checkpoint is due; it must be safe when this returns. */
    void checkpointDue(TrainState state);
}
