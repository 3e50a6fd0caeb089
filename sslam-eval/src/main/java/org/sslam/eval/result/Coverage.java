package org.sslam.eval.result;

/**
 * How much of a task's data was there, and how much of it was judged.
 *
 * @param found clips that were read, training and test together
 * @param expected clips that the data set has: as published where a prepared folder says so, else those that are listed
 * @param judged test clips with scores, each counted once
 * @param folds folds that were left out and judged; 0 for a task without folds
 * @param ofFolds folds that the task has
 */
public record Coverage(int found, int expected, int judged, int folds, int ofFolds) {
    /** Checks that no part is larger than its whole. */
    public Coverage {
        if (found < 0 || found > expected) {
            throw new IllegalArgumentException("found " + found + " of " + expected + " clips");
        }
        if (judged < 0 || judged > expected) {
            throw new IllegalArgumentException("judged " + judged + " of " + expected + " clips");
        }
        if (folds < 0 || folds > ofFolds) {
            throw new IllegalArgumentException("judged " + folds + " of " + ofFolds + " folds");
        }
    }

    /** Whether clips or folds are missing, so that figures of the whole task compare loosely. */
    public boolean partial() {
        return found < expected || folds < ofFolds;
    }

    /** One sentence for people. */
    public String describe() {
        String text = found + " of " + expected + " clips were read, " + judged + " were judged";
        return folds < ofFolds ? text + ", " + folds + " of " + ofFolds + " folds" : text;
    }
}
