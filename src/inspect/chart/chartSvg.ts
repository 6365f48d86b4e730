/** The chart for wide places. */
export const wideChart = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 300"></svg>';
/** The chart for phones. */
export const narrowChart = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 700"></svg>';
/** The style of both. */
export const chartCss = '';
