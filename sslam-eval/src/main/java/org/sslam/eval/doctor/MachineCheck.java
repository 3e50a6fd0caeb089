package org.sslam.eval.doctor;

/** Operating system and cores; the native libraries exist for 64-bit machines. */
record MachineCheck() implements Check {
    @Override
    public String name() {
        return "machine";
    }

    @Override
    public Result run() {
        String architecture = System.getProperty("os.arch");
        String found = System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + architecture
                + ", " + Runtime.getRuntime().availableProcessors() + " cores";
        return architecture.contains("64")
                ? Result.good(found)
                : Result.bad(found, "use a 64-bit Java: the native libraries exist for no other");
    }
}
