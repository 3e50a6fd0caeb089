package org.sslam.eval.doctor;

import ai.djl.util.Utils;

/** The engine must neither fetch files nor report usage behind the user's back. */
record NetworkCheck() implements Check {
    @Override
    public String name() {
        return "offline";
    }

    @Override
    public Result run() {
        boolean silent = Boolean.parseBoolean(Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING"));
        if (Utils.isOfflineMode() && silent) {
            return Result.good("engine downloads off, usage tracking off");
        }
        return Result.bad(
                "engine downloads " + (Utils.isOfflineMode() ? "off" : "on") + ", usage tracking "
                        + (silent ? "off" : "on"),
                "unset DJL_OFFLINE and OPT_OUT_TRACKING, or set both to true");
    }
}
