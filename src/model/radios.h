/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_MODEL_RADIOS_H
#define ALI_MODEL_RADIOS_H

#include "alicorn/cosite.h"
#include "model/model.h"

/** @file
 *  What the user described of radios that work side by side, before any numerics: platforms, what
 *  each radio sends and stands, and what lies between it and its antenna. A reader fills it;
 *  src/cosite only reads it.
 *
 *  Frequencies in Hz, powers in dBm, ratios in dB, lengths in m. A double that was not given is NAN
 *  where the comment says "or NAN"; an index that was not given is ALI_NONE. Everything that has an
 *  `origin` names it in messages. */

/** A curve through points (x, y), straight between them. x ascends; two points of equal x make a
 * step. What holds before the first and beyond the last point, the owner says. */
typedef struct ali_profile {
    double *x, *y; /**< [count]; owned */
    size_t count, capacity;
    ali_origin origin;
} ali_profile;

/* ---- chains ---- */

typedef enum ali_chain_kind {
    ALI_CHAIN_NETWORK = 0,    /**< two-port from a Touchstone file */
    ALI_CHAIN_ATTENUATOR = 1, /**< the same loss both ways, matched */
    ALI_CHAIN_CABLE = 2,      /**< matched line */
    ALI_CHAIN_FILTER = 3,     /**< by parameters; beyond its band all is reflected */
    ALI_CHAIN_ISOLATOR = 4    /**< isolator or circulator with its load */
} ali_chain_kind;

typedef enum ali_filter_shape {
    ALI_FILTER_LOW_PASS = 0,
    ALI_FILTER_HIGH_PASS = 1,
    ALI_FILTER_BAND_PASS = 2,
    ALI_FILTER_BAND_STOP = 3,
    ALI_FILTER_LISTED = 4 /**< attenuation by points */
} ali_filter_shape;

/** A filter of `order` resonators: Butterworth if ripple is 0, else Chebyshev. */
typedef struct ali_filter {
    ali_filter_shape shape;
    int order;          /**< >= 1, of the low-pass prototype */
    double ripple;      /**< [dB]; of a Chebyshev filter, which has this loss at its edges; 0:
                             Butterworth, 3.01 dB at its edges */
    double low, high;   /**< edges [Hz]; a low-pass has no low, a high-pass no high one: 0 */
    double loss;        /**< dissipated, added everywhere [dB], >= 0 */
    double ultimate;    /**< attenuation stops growing here [dB], or NAN: it does not */
    ali_profile listed; /**< shape LISTED: total attenuation [dB] over frequency; one point holds
                             everywhere, several have no data outside */
} ali_filter;

/** One element of a chain. */
typedef struct ali_chain_element {
    ali_chain_kind kind;
    char *name;        /**< for messages, may be ""; owned */
    size_t network;    /**< NETWORK: index into ali_radios.networks, a two-port */
    bool reversed;     /**< NETWORK: port 2, ISOLATOR: the output is at the radio's side */
    double loss;       /**< ATTENUATOR, ISOLATOR (forward) [dB] */
    double isolation;  /**< ISOLATOR: backward loss [dB] */
    double length;     /**< CABLE [m] */
    ali_profile cable; /**< CABLE: loss per metre [dB/m] over frequency; follows sqrt(f) through
                            one point and outside several */
    ali_filter filter; /**< FILTER */
    ali_origin origin;
} ali_chain_element;

/** Elements in the order from radio to antenna. */
typedef struct ali_chain {
    ali_chain_element *elements; /**< owned */
    size_t count, capacity;
} ali_chain;

/* ---- transmitters ---- */

/** n-th harmonic. A reader expands "constant" to equal levels, "tapered" to level(2) - slope
 * log10(n/2) with a slope per decade. */
typedef struct ali_harmonic {
    int order;        /**< >= 2 */
    double level_dbc; /**< relative to the carrier, usually negative */
} ali_harmonic;

/** A discrete spurious emission. */
typedef struct ali_spur {
    bool relative;    /**< frequency is an offset from the channel, of either sign */
    double frequency; /**< [Hz] */
    bool absolute;    /**< level in dBm, else in dBc */
    double level;
    ali_origin origin;
} ali_spur;

/** Level of an intermodulation product |m| - 1 times of the own carrier with |q| times of what
 * comes in through the antenna: own power + |q| (incoming - own power) - loss. |q| = 1: the loss is
 * the turnaround loss. */
typedef struct ali_reverse_product {
    int order;   /**< 2 … 7 */
    double loss; /**< [dB] */
} ali_reverse_product;

typedef struct ali_transmitter {
    double power_dbm;        /**< at the radio's port */
    double bandwidth;        /**< necessary (occupied) bandwidth [Hz], >= 0; 0: a single line */
    ali_profile mask;        /**< power [dBc] in mask_bandwidth over |offset| [Hz], beyond half the
                                  bandwidth; a straight line leads from the carrier's own density to
                                  the first point, the last holds beyond. No points: no sidebands */
    double mask_bandwidth;   /**< reference bandwidth of the mask [Hz], > 0 */
    ali_profile noise;       /**< broadband noise over |offset| [Hz]; the first point holds before,
                                  the last beyond. No points: none */
    bool noise_absolute;     /**< noise in dBm/Hz, else in dBc/Hz */
    ali_harmonic *harmonics; /**< order ascending; owned */
    size_t harmonic_count, harmonic_capacity;
    bool harmonic_spread; /**< the n-th harmonic occupies n bandwidths, else (worst case) one */
    ali_spur *spurs;      /**< owned */
    size_t spur_count, spur_capacity;
    ali_reverse_product *reverse; /**< transmitter intermodulation; owned */
    size_t reverse_count, reverse_capacity;
    ali_profile tracking; /**< filter that follows the channel: attenuation [dB] over |offset| [Hz],
                               both ways, matched; 0 dB at offset 0; the last point holds beyond */
    ali_chain chain;      /**< of the transmitter only, before the common chain */
    ali_origin origin;
} ali_transmitter;

/* ---- receivers ---- */

#define ALI_RADIO_IFS 4
#define ALI_RADIO_ORDER 7

/** A spurious response |p RF +- q LO| = IF of the first mixer; p = 1, q = 0 is the intermediate
 * frequency itself, p = q = 1 the image. */
typedef struct ali_response {
    int p, q;         /**< p >= 1, q >= 0 */
    double rejection; /**< what it takes more than in the channel [dB] */
} ali_response;

typedef struct ali_receiver {
    double bandwidth;         /**< [Hz], > 0 */
    double sensitivity_dbm;   /**< at the radio's port, or NAN */
    double noise_figure;      /**< [dB], or NAN; sensitivity or this is given */
    double required_snr;      /**< [dB], or NAN */
    double allowed_inr;       /**< interference over noise [dB], or NAN: 0 dB */
    ali_profile selectivity;  /**< attenuation [dB] over |offset| [Hz], beyond half the bandwidth,
                                   at whose edge it is 0 dB; the last point holds beyond. No
                                   points: nothing is received beyond the bandwidth */
    ali_profile preselection; /**< the part of it in front of amplifier and mixer: attenuation
                                   [dB] over |offset| [Hz], 0 dB at offset 0, the last point holds
                                   beyond. No points: none */
    double p1db_dbm;          /**< 1-dB compression point of the input (blocking), or NAN */
    double saturation_dbm;    /**< level that the input stands, or NAN */
    double iip[ALI_RADIO_ORDER + 1]; /**< [n]: input intercept point of order n [dBm], 2 … 7, or
                                      NAN: products of this order are not computed */
    double ifs[ALI_RADIO_IFS];       /**< intermediate frequencies [Hz], from the first on */
    size_t if_count;
    bool lo_above; /**< first local oscillator above the channel, else below */
    double image_rejection[ALI_RADIO_IFS]; /**< [dB] per mixer, or NAN: image is not computed */
    ali_response *responses;               /**< owned */
    size_t response_count, response_capacity;
    ali_chain chain; /**< of the receiver only, before the common chain */
    ali_origin origin;
} ali_receiver;

/* ---- radios and platforms ---- */

typedef enum ali_radio_polarisation {
    ALI_RADIO_VERTICAL = 0,
    ALI_RADIO_HORIZONTAL = 1
} ali_radio_polarisation;

/** A channel: what is sent and received on it; equal for simplex. */
typedef struct ali_channel {
    double transmit, receive; /**< [Hz], > 0; NAN if it only receives, or only transmits */
} ali_channel;

typedef struct ali_radio {
    char *name; /**< owned */
    size_t platform;
    size_t port;           /**< of the platform's network, or ALI_NONE */
    char *port_name;       /**< as given, resolved when the network comes; NULL if none; owned */
    ali_channel *channels; /**< owned */
    size_t channel_count, channel_capacity;
    double duty;      /**< share of time it transmits, 0 … 1 */
    bool full_duplex; /**< receives while it transmits: its own transmitter counts */
    bool transmits, receives;
    ali_transmitter transmitter;
    ali_receiver receiver;
    ali_chain chain;    /**< common, between the radio's port (or its own chains) and the antenna */
    double position[3]; /**< of the antenna from the platform's position [m]; z up */
    ali_profile gain;   /**< realised gain of the antenna towards other platforms [dBi] over
                           frequency;   one point holds everywhere, several have no data outside;
                           none:   0 dBi   is not assumed, there is no path data */
    ali_radio_polarisation polarisation;
    ali_origin origin;
} ali_radio;

/** An N-port that was read or computed. */
typedef struct ali_radio_network {
    char *file;               /**< as given; owned */
    alicorn_network *network; /**< NULL until it is there; owned */
    ali_origin origin;
} ali_radio_network;

typedef struct ali_platform {
    char *name;         /**< owned */
    double position[3]; /**< [m]; z = 0 is the ground */
    size_t network;     /**< index into ali_radios.networks, or ALI_NONE */
    bool from_project;  /**< S comes from a solve: alicorn_radios_set_network */
    char *project;      /**< path of that project, NULL if the file names none; owned */
    bool free_space;    /**< without a network: radios of this platform see each other through free
                             space with the gains towards other platforms */
    ali_origin origin;
} ali_platform;

typedef enum ali_path_kind {
    ALI_PATH_FREE_SPACE = 0,
    ALI_PATH_TWO_RAY = 1,    /**< direct and reflected ray over the ground */
    ALI_PATH_GROUND_WAVE = 2 /**< and Norton's surface wave */
} ali_path_kind;

/** Isolation that the user states, instead of any other path between two radios' ports. */
typedef struct ali_isolation {
    size_t from, to;  /**< radios; from == to: transmitter to own receiver */
    bool one_way;     /**< else both ways */
    ali_profile loss; /**< between antenna ends of the chains [dB] over frequency; one point holds
                           everywhere, several have no data outside */
    ali_origin origin;
} ali_isolation;

/** The whole description. */
struct ali_radios {
    char *name; /**< file name or ""; owned */
    ali_platform *platforms;
    size_t platform_count, platform_capacity;
    ali_radio *radios;
    size_t radio_count, radio_capacity;
    ali_radio_network *networks;
    size_t network_count, network_capacity;
    ali_isolation *isolations;
    size_t isolation_count, isolation_capacity;
    ali_path_kind path; /**< between platforms */
    ali_medium medium;  /**< of the ground; eps_r 0: perfect conductor */
    double cross_polar; /**< additional loss between vertical and horizontal antennas [dB] */
};

/** Empty description, or NULL when memory is out. */
alicorn_radios *ali_radios_create(void);

/** Append an element with defaults (nothing given, duty 1), or NULL when memory is out. What a
 * returned pointer points to may move with the next append. */
ali_platform *ali_radios_add_platform(alicorn_radios *radios);
ali_radio *ali_radios_add_radio(alicorn_radios *radios);
ali_radio_network *ali_radios_add_network(alicorn_radios *radios);
ali_isolation *ali_radios_add_isolation(alicorn_radios *radios);
ali_channel *ali_radio_add_channel(ali_radio *radio);
ali_harmonic *ali_transmitter_add_harmonic(ali_transmitter *transmitter);
ali_spur *ali_transmitter_add_spur(ali_transmitter *transmitter);
ali_reverse_product *ali_transmitter_add_reverse(ali_transmitter *transmitter);
ali_response *ali_receiver_add_response(ali_receiver *receiver);
ali_chain_element *ali_chain_add(ali_chain *chain);

/** Append a point to a profile. Returns 0, or -1 when memory is out. */
int ali_profile_add(ali_profile *profile, double x, double y);

/** Whether x ascends (equal neighbours are steps of two) and all is finite. If not, *bad is the
 * first point that is wrong. */
bool ali_profile_ascends(const ali_profile *profile, size_t *bad);

/** Check what the engine relies on: positive bandwidths and frequencies, profiles that ascend,
 *  sensitivity or noise figure given, networks with the ports needed, indices in range. A reader
 *  finds the same with better places; this guards descriptions built in memory.
 *  @return ALICORN_OK or ALICORN_E_INPUT */
alicorn_status ali_radios_check(const alicorn_radios *radios, alicorn_error *error);

#endif
