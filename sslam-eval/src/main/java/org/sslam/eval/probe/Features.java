package org.sslam.eval.probe;

/** A table of features in double precision: one row a clip, one column a feature, row after row in one array. */
final class Features {
    private final int rows;
    private final int columns;
    private final double[] values;

    Features(int rows, int columns, double[] values) {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(rows + " x " + columns + " features in " + values.length + " values");
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * Copies the chosen rows.
     *
     * @throws IllegalArgumentException when there are none, their lengths differ or a value is not finite
     */
    static Features of(float[][] features, int[] chosen) {
        if (chosen.length == 0) {
            throw new IllegalArgumentException("no clips to take features of");
        }
        int columns = features[chosen[0]].length;
        double[] values = new double[Math.multiplyExact(chosen.length, columns)];
        int at = 0;
        for (int row : chosen) {
            if (features[row].length != columns) {
                throw new IllegalArgumentException(
                        "clip " + row + " has " + features[row].length + " features, others " + columns);
            }
            for (float value : features[row]) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("a feature of clip " + row + " is " + value);
                }
                values[at++] = value;
            }
        }
        return new Features(chosen.length, columns, values);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** The table itself, not a copy. */
    double[] values() {
        return values;
    }

    double get(int row, int column) {
        return values[row * columns + column];
    }

    Features transposed() {
        double[] turned = new double[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = values[i * columns + j];
            }
        }
        return new Features(columns, rows, turned);
    }
}
