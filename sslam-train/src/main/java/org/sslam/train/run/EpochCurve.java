package org.sslam.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The figure on the monitored clips after each epoch; a checkpoint keeps it as {@value #FILE}. */
final class EpochCurve {
    static final String FILE = "curve.json";

    private final List<Double> values;

    EpochCurve(List<Double> values) {
        this.values = new ArrayList<>(values);
    }

    static EpochCurve read(Path checkpoint) {
        return new EpochCurve(ListFile.read(checkpoint.resolve(FILE), Double.class));
    }

    String toJson() {
        return ListFile.text(values);
    }

    List<Double> values() {
        return List.copyOf(values);
    }

    int epochs() {
        return values.size();
    }

    /**
     * Notes a figure for every epoch that has passed since the last one.
     *
     * @return whether it is the highest so far
     */
    boolean add(double value, long epochs) {
        boolean best = values.stream().allMatch(before -> value > before);
        while (values.size() < epochs) {
            values.add(value);
        }
        return best;
    }

    /** The first epoch with the highest figure, from 1; 0 without any. */
    int best() {
        int best = 0;
        for (int i = 0; i < values.size(); i++) {
            if (best == 0 || values.get(i) > values.get(best - 1)) {
                best = i + 1;
            }
        }
        return best;
    }
}
