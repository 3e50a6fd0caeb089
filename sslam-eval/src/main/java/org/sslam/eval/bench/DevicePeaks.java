package org.sslam.eval.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.sslam.core.ops.Precision;

/**
 * What GPUs can do at most, dense and with float32 sums, by a part of the name that the driver gives them.
 *
 * <p>Float32 products run on ordinary cores here, not in TF32. Source: NVIDIA's data sheets of these boards.
 */
final class DevicePeaks {
    private static final List<Peak> KNOWN = List.of(
            new Peak("H200", 989, 67),
            new Peak("H100 PCIe", 756, 51),
            new Peak("H100", 989, 67),
            new Peak("A100", 312, 19.5),
            new Peak("A40", 149.7, 37.4),
            new Peak("L40S", 362, 91.6),
            new Peak("RTX 4090", 165.2, 82.6),
            new Peak("RTX 3090", 71, 35.6));

    private record Peak(String name, double bf16, double fp32) {}

    private DevicePeaks() {}

    /**
     * The peak of a device in TFLOP/s, if it is known.
     *
     * @param gpu its name
     */
    static OptionalDouble teraflops(String gpu, Precision precision) {
        return KNOWN.stream()
                .filter(peak -> gpu.contains(peak.name))
                .mapToDouble(peak -> precision == Precision.BF16 ? peak.bf16 : peak.fp32)
                .findFirst();
    }
}
