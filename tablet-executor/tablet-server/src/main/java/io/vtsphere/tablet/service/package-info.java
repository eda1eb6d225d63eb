/** The gRPC service queryservice.Query. */
@NullMarked
package io.vtsphere.tablet.service;

import org.jspecify.annotations.NullMarked;
