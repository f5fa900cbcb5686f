// Draws the charts of a page: credenceDraw(E, name, option) puts a chart into every
// element of the class name. E is ECharts; option is in the colours of a light page.
function credenceDraw(E, name, option) {
	// What the colours become on a dark page, as in package viz.
	var night = {
		"#282c34": "#e0e4ea", "#000000": "#fafafc", "#787878": "#a0a5ac", "#0072b2": "#46a0e4", "#56b4e9": "#8ed0f6",
		"#d55e00": "#f28438", "#009e73": "#28c094", "#cc79a7": "#e098c0", "#e69f00": "#f2b83a", "#ffffff": "#14171c",
		"#e4e7eb": "#2c3139", "#969ba3": "#707680", "#545a64": "#b2b8c1", "#f6f7f9": "#1e2227"
	};

	function painted(v) {
		if (typeof v === "string") return night[v] || v;
		if (Array.isArray(v)) return typeof v[0] === "number" ? v : v.map(painted);
		if (!v || typeof v !== "object") return v;
		var out = {};
		for (var k in v) out[k] = painted(v[k]);
		return out;
	}

	function numbers(colour) { return ((colour || "").match(/[\d.]+/g) || []).map(Number); }
	function lightness(c) { return 0.3 * c[0] + 0.6 * c[1] + 0.1 * c[2]; }

	// The page is dark if the nearest background that is not transparent is. VS Code shows
	// outputs in a frame without any: then it is dark if its text is light.
	function dark(el) {
		if (!globalThis.getComputedStyle) return false;
		for (var e = el; e; e = e.parentElement) {
			var c = numbers(getComputedStyle(e).backgroundColor);
			if (c.length === 3 || c[3] > 0.5) return lightness(c) < 110;
		}
		return lightness(numbers(getComputedStyle(el).color)) > 145;
	}

	document.querySelectorAll("." + name).forEach(function (el) {
		if (el.dataset.on) return;
		el.dataset.on = 1;
		el.textContent = ""; // the picture has done its duty
		var chart, was;
		function draw() {
			var d = dark(el.parentElement);
			if (chart && d === was) return;
			was = d;
			if (chart) chart.dispose();
			chart = E.init(el, null, { renderer: "svg" });
			chart.setOption(d ? painted(option) : option);
			if (el.clientWidth && el.clientWidth < 480) chart.setOption({ toolbox: { show: false } }); // the title needs its place
			if (option.brush) { // a drag selects at once, without a press on a button
				chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "rect", brushMode: "single" } });
			}
		}
		draw();
		// A chart in a tab that is not shown has no size yet.
		if (globalThis.ResizeObserver) new ResizeObserver(function () { if (el.clientWidth) chart.resize(); }).observe(el);
		if (globalThis.matchMedia) matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
		// JupyterLab and VS Code change the page's theme by attributes of its body.
		if (globalThis.MutationObserver) new MutationObserver(function () { setTimeout(draw, 100); }).observe(document.body, { attributes: true });
	});
}
