/** Vision-transformer parts shared by all families: patches, positions, blocks. */
package org.sslam.models.vit;
