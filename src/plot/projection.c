/* SPDX-License-Identifier: Apache-2.0 */
#include "plot/projection.h"

#include "base/constants.h"

ali_projection ali_projection_from(double azimuth_deg, double elevation_deg)
{
    double azimuth = azimuth_deg * ALI_DEGREE, elevation = elevation_deg * ALI_DEGREE;
    return (ali_projection){
        .right = {-sin(azimuth), cos(azimuth), 0.0},
        .up = {-sin(elevation) * cos(azimuth), -sin(elevation) * sin(azimuth), cos(elevation)},
        .towards = {cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation)},
        .scale = 1.0};
}

ali_point ali_projection_point(const ali_projection *projection, ali_vec3 point)
{
    return (ali_point){
        projection->origin.x + projection->scale * ali_vec3_dot(projection->right, point),
        projection->origin.y - projection->scale * ali_vec3_dot(projection->up, point)};
}

double ali_projection_depth(const ali_projection *projection, ali_vec3 point)
{
    return ali_vec3_dot(projection->towards, point);
}
