# The site as one image. It needs DATABASE_URL and SECRET_KEY; see compose.yaml for the rest.

FROM python:3.13-slim AS build
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1
COPY requirements.txt .
RUN python -m venv /venv \
    && sed '/^# For development/,$d' requirements.txt \
    | /venv/bin/pip install --no-cache-dir --require-hashes -r /dev/stdin
COPY manage.py ./
COPY fixtures fixtures
COPY jobzone jobzone
COPY roles roles
COPY scoring scoring
COPY static static
COPY templates templates
RUN /venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim
WORKDIR /app
RUN useradd --system --no-create-home --uid 10001 jobzone
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/', timeout=2)"]
CMD ["python", "-m", "jobzone.gunicorn"]
