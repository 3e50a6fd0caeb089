/** Which tokens a masked clone sees. */
package org.sslam.models.mask;
