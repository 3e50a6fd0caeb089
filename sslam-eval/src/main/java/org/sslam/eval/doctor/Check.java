package org.sslam.eval.doctor;

/** One thing that must be right on this machine. */
public interface Check {
    /** What is looked at, in one or two words. */
    String name();

    /** Looks; may throw what a broken installation throws, which {@link Doctor} turns into a failure. */
    Result run();

    /**
     * What was found.
     *
     * @param ok whether a run can do with it
     * @param message what is there
     * @param remedy how to mend it; empty when all is well
     */
    record Result(boolean ok, String message, String remedy) {
        /** All is well. */
        public static Result good(String message) {
            return new Result(true, message, "");
        }

        /** Something must be mended first. */
        public static Result bad(String message, String remedy) {
            return new Result(false, message, remedy);
        }
    }
}
