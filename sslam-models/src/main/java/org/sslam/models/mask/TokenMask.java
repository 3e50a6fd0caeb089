package org.sslam.models.mask;

/**
 * Which tokens of several rows are hidden; every row hides the same number.
 *
 * <p>Rows are masked clones, the clones of one clip adjacent: a a a b b b.
 */
public final class TokenMask {
    private final boolean[][] hidden;
    private final int visible;

    /**
     * @param hidden one row a clone, true = masked
     * @throws IllegalArgumentException if rows differ in length or in the number of masked tokens
     */
    public TokenMask(boolean[][] hidden) {
        if (hidden.length == 0) {
            throw new IllegalArgumentException("a mask needs at least one row");
        }
        this.hidden = hidden;
        this.visible = count(hidden[0], false);
        for (boolean[] row : hidden) {
            if (row.length != hidden[0].length || count(row, false) != visible) {
                throw new IllegalArgumentException("mask rows differ in length or in their number of visible tokens");
            }
        }
    }

    /** Number of rows R. */
    public int rows() {
        return hidden.length;
    }

    /** Number of tokens L of a row. */
    public int tokens() {
        return hidden[0].length;
    }

    /** Visible tokens of a row. */
    public int visiblePerRow() {
        return visible;
    }

    /** Masked tokens of a row. */
    public int maskedPerRow() {
        return tokens() - visible;
    }

    /** Whether a token is masked. */
    public boolean isMasked(int row, int token) {
        return hidden[row][token];
    }

    /** The same rows again, as stage 2 uses them for the mixed half. */
    public TokenMask twice() {
        boolean[][] both = new boolean[2 * hidden.length][];
        for (int r = 0; r < both.length; r++) {
            both[r] = hidden[r % hidden.length];
        }
        return new TokenMask(both);
    }

    /**
     * Row numbers of visible tokens in an array of (rows / clones * L) token rows, ascending within a mask row.
     *
     * @param clones mask rows that share one clip; 1 numbers an array of (rows * L) token rows
     */
    public long[] visibleRows(int clones) {
        return rowNumbers(clones, false);
    }

    /** As {@link #visibleRows(int)}, for masked tokens. */
    public long[] maskedRows(int clones) {
        return rowNumbers(clones, true);
    }

    private long[] rowNumbers(int clones, boolean wanted) {
        long[] numbers = new long[hidden.length * (wanted ? maskedPerRow() : visible)];
        int n = 0;
        for (int r = 0; r < hidden.length; r++) {
            long base = (long) (r / clones) * tokens();
            for (int t = 0; t < tokens(); t++) {
                if (hidden[r][t] == wanted) {
                    numbers[n++] = base + t;
                }
            }
        }
        return numbers;
    }

    private static int count(boolean[] row, boolean wanted) {
        int n = 0;
        for (boolean b : row) {
            n += b == wanted ? 1 : 0;
        }
        return n;
    }
}
