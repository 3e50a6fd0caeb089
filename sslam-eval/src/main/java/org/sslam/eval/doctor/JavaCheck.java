package org.sslam.eval.doctor;

/** Java 17 or newer runs this. */
record JavaCheck(int release) implements Check {
    private static final int NEEDED = 17;

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Result run() {
        String found = System.getProperty("java.version") + ", " + System.getProperty("java.vendor") + ", "
                + System.getProperty("java.home");
        return release >= NEEDED
                ? Result.good(found)
                : Result.bad(found, "install Java " + NEEDED + " or newer and set JAVA_HOME to it");
    }
}
