// A captive portal answers 200 with its own page: only the live process sets this header.
export const isOurs = (response) => response.headers.get("X-AlpClusters") === "live";
