package org.sslam.eval.doctor;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.IntSupplier;
import org.sslam.core.engine.Gpu;

/** What a GPU needs before the engine can use it: a build for CUDA, a driver that is new enough, free memory. */
final class GpuChecks {
    private static final String NATIVE = "native/lib/pytorch.properties";
    private static final String OLDEST_DRIVER = "525.60.13";
    private static final long NEEDED_MIB = 4096;

    private GpuChecks() {}

    /** The checks for a device, none for the CPU. */
    static List<Check> of(String device) {
        if (device.equals("cpu")) {
            return List.of();
        }
        Optional<Gpu> gpu = Gpu.of(device);
        return List.of(
                new CudaLibraries(flavour()),
                new Driver(gpu),
                new CudaRuntime(CudaUtils::getGpuCount),
                new FreeMemory(gpu));
    }

    /** The flavour of libtorch on the class path; empty when there is none. */
    private static String flavour() {
        try (InputStream in = GpuChecks.class.getClassLoader().getResourceAsStream(NATIVE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("flavor", "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + NATIVE + " from the class path", e);
        }
    }

    /**
     * libtorch was built for CUDA.
     *
     * @param flavour as {@code cu121}
     */
    record CudaLibraries(String flavour) implements Check {
        @Override
        public String name() {
            return "cuda";
        }

        @Override
        public Result run() {
            return flavour.startsWith("cu1")
                    ? Result.good("libtorch for CUDA, " + flavour)
                    : Result.bad(
                            "libtorch on the class path is " + (flavour.isEmpty() ? "missing" : flavour)
                                    + ", not one for CUDA",
                            "build with -Dgpu, or set SSLAM_GPU=1 for scripts/sslam");
        }
    }

    /**
     * NVIDIA's driver answers and is new enough for CUDA 12.1.
     *
     * @param gpu what it says about the device
     */
    record Driver(Optional<Gpu> gpu) implements Check {
        @Override
        public String name() {
            return "driver";
        }

        @Override
        public Result run() {
            if (gpu.isEmpty()) {
                return Result.bad(
                        "nvidia-smi is missing or does not know the device",
                        "install NVIDIA's driver, and look at CUDA_VISIBLE_DEVICES");
            }
            String version = gpu.get().driver();
            String found = gpu.get().name() + ", driver " + version;
            return isAtLeast(version, OLDEST_DRIVER)
                    ? Result.good(found)
                    : Result.bad(found, "CUDA 12.1 needs driver " + OLDEST_DRIVER + " or newer");
        }

        /** Compares number by number; a version that is none is too old. */
        static boolean isAtLeast(String version, String least) {
            if (!version.matches("\\d{1,6}(\\.\\d{1,6})*")) {
                return false;
            }
            String[] has = version.split("\\.");
            String[] needs = least.split("\\.");
            for (int i = 0; i < needs.length; i++) {
                int difference = (i < has.length ? Integer.parseInt(has[i]) : 0) - Integer.parseInt(needs[i]);
                if (difference != 0) {
                    return difference > 0;
                }
            }
            return true;
        }
    }

    /**
     * CUDA's runtime library can be loaded and sees GPUs; the engine counts them by it.
     *
     * @param visible how many it sees
     */
    record CudaRuntime(IntSupplier visible) implements Check {
        @Override
        public String name() {
            return "runtime";
        }

        @Override
        public Result run() {
            int count = visible.getAsInt();
            return count > 0
                    ? Result.good(count + " GPUs visible to CUDA's runtime")
                    : Result.bad(
                            "CUDA's runtime library (libcudart) is missing or sees no GPU",
                            "put the folder of CUDA 12.1's libcudart.so on LD_LIBRARY_PATH, and look at"
                                    + " CUDA_VISIBLE_DEVICES");
        }
    }

    /**
     * Enough of the GPU's memory is free.
     *
     * @param gpu what the driver says about the device
     */
    record FreeMemory(Optional<Gpu> gpu) implements Check {
        @Override
        public String name() {
            return "gpu memory";
        }

        @Override
        public Result run() {
            if (gpu.isEmpty()) {
                return Result.bad("unknown without the driver", "see above");
            }
            String found = String.format(
                    Locale.ROOT,
                    "%d of %d MiB free",
                    gpu.get().freeMib(),
                    gpu.get().totalMib());
            return gpu.get().freeMib() >= NEEDED_MIB
                    ? Result.good(found)
                    : Result.bad(found, "end what uses the GPU (nvidia-smi lists it), or choose another one");
        }
    }
}
