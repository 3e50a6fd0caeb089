package org.sslam.train.loop;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where a run stands; with weights and moments it determines everything that follows.
 *
 * @param updates finished optimiser updates n
 * @param batches batches consumed, skipped ones included: the position in the data
 * @param averages last n at which averages were moved
 * @param skipped steps skipped because something was not finite
 * @param consecutiveSkipped how many of them in a row up to now
 * @param interval sums of what is averaged until the next log line
 * @param intervalSteps steps in those sums
 */
public record TrainState(
        long updates,
        long batches,
        long averages,
        long skipped,
        long consecutiveSkipped,
        Map<String, Double> interval,
        long intervalSteps) {
    /** Copies the sums in a fixed order. */
    public TrainState {
        interval = new TreeMap<>(interval);
    }

    /** The beginning of a run. */
    public static TrainState initial() {
        return new TrainState(0, 0, 0, 0, 0, Map.of(), 0);
    }

    TrainState averagesMoved() {
        return new TrainState(updates, batches, updates, skipped, consecutiveSkipped, interval, intervalSteps);
    }

    TrainState updated(long batchesUsed, Map<String, Double> values) {
        return launched(batchesUsed).found(values);
    }

    /** An update was given to the device; what it found is not known yet. */
    TrainState launched(long batchesUsed) {
        return new TrainState(
                updates + 1, batches + batchesUsed, averages, skipped, consecutiveSkipped, interval, intervalSteps);
    }

    /** A launched update went, with these numbers. */
    TrainState found(Map<String, Double> values) {
        Map<String, Double> sums = new TreeMap<>(interval);
        values.forEach((name, value) -> sums.merge(name, value, Double::sum));
        return new TrainState(updates, batches, averages, skipped, 0, sums, intervalSteps + 1);
    }

    /** A launched update was not finite and changed nothing. */
    TrainState foundSkipped() {
        return new TrainState(updates, batches, averages, skipped + 1, consecutiveSkipped + 1, interval, intervalSteps);
    }

    TrainState skippedStep(long batchesUsed) {
        return new TrainState(
                updates, batches + batchesUsed, averages, skipped + 1, consecutiveSkipped + 1, interval, intervalSteps);
    }

    TrainState logged() {
        return new TrainState(updates, batches, averages, skipped, consecutiveSkipped, Map.of(), 0);
    }

    /** Averages since the last log line. */
    Map<String, Double> means() {
        Map<String, Double> means = new TreeMap<>();
        interval.forEach((name, sum) -> means.put(name, sum / intervalSteps));
        return means;
    }
}
